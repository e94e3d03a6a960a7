import * as vscode from 'vscode';
import { BatchReviews } from './host/batchReviews';
import { CollapseFeature } from './host/collapse/collapseFeature';
import { registerCommands } from './host/commands';
import { Confidence } from './host/confidence/registerConfidence';
import { BranchesController } from './host/branchesController';
import { BRANCHES_VIEW, BranchesView } from './host/branchesView';
import { Exemplars } from './host/exemplars/exemplars';
import { ForkFeature } from './host/forks/forkFeature';
import { registerExchange } from './host/exchange/registerExchange';
import { Models } from './host/models';
import { BuiltIn } from './host/models/builtIn';
import { Examinations } from './host/models/examinations';
import { KeyRing } from './host/models/keyRing';
import { ModelCommands } from './host/models/modelCommands';
import { ModelStatus } from './host/models/modelStatus';
import { registerStreamStatus } from './host/models/streamStatus';
import { Network } from './host/models/network';
import { RequestLog } from './host/models/requestLog';
import { Parts } from './host/parts';
import { PassageFiles } from './host/passageFiles';
import { registerPromptCommands } from './host/prompt/registerPromptCommands';
import { MultiverseRegistration } from './host/multiverse/registerMultiverse';
import { HumanProse } from './host/humanProse';
import { registerProvenance } from './host/provenance/registerProvenance';
import { RewriteFeature } from './host/rewrite/rewriteFeature';
import { Sessions } from './host/sessions';
import { TreeRegistration } from './host/tree/registerTree';

/** What `activate` gives to other extensions, and to the tests. */
export interface VariorumApi {
  readonly sessions: Sessions;
  readonly parts: Parts;
  readonly models: Models;
  readonly modelCommands: ModelCommands;
  readonly modelStatus: ModelStatus;
  readonly controller: BranchesController;
  readonly collapse: CollapseFeature;
  readonly forks: ForkFeature;
  readonly rewriting: RewriteFeature;
  readonly tree: TreeRegistration;
  readonly multiverse: MultiverseRegistration;
  readonly humanProse: HumanProse;
  readonly exemplars: Exemplars;
  readonly confidence: Confidence;
  /** Where it writes things down besides the workspace. */
  readonly storage: Storage;
}

type Storage = Pick<
  vscode.ExtensionContext,
  'logUri' | 'globalStorageUri' | 'storageUri' | 'globalState' | 'workspaceState'
>;

/** Builds the parts and registers the features. */
export function activate(context: vscode.ExtensionContext): VariorumApi {
  const log = vscode.window.createOutputChannel('Variorum', { log: true });
  const parts = new Parts(context.extensionUri);
  const { extensionUri } = context;
  const chosen = modelsOf(context, parts, log);
  const { builtIn, models, modelCommands, modelStatus } = chosen;
  const sessions = new Sessions(context, log, parts);
  const files = new PassageFiles();
  const humanProse = new HumanProse({
    sessions,
    parts,
    sketch: () => builtIn.loaded,
    context,
    log,
  });
  const exemplars = new Exemplars(parts, { context, sessions, log });
  const collapse = new CollapseFeature(parts, {
    ...{ context, sessions, models, log },
    voice: exemplars,
  });
  const reviews = new BatchReviews(sessions, collapse, log);
  const confidence = new Confidence({ sessions, models, parts, log });
  const forks = new ForkFeature(parts, { sessions, models, files, log });
  const rewriting = new RewriteFeature(parts, {
    ...{ sessions, models, files, collapse, exemplars, log },
    memory: context.workspaceState,
  });
  const controller = new BranchesController(sessions, reviews, models, forks, rewriting);
  const view = new BranchesView(context.extensionUri, controller);
  forks.register(controller, view);
  rewriting.register(controller, view);
  const tree = new TreeRegistration(parts, { context, sessions, view, log });
  const multiverse = new MultiverseRegistration(parts, {
    ...{ extensionUri, sessions, models, modelCommands, controller, files, log },
  });
  context.subscriptions.push(
    log,
    chosen.keys,
    chosen.examinations,
    models,
    modelStatus,
    exemplars,
    collapse,
    reviews,
    forks,
    rewriting,
    controller,
    view,
    vscode.window.registerWebviewViewProvider(BRANCHES_VIEW, view),
    files,
    registerCommands({ sessions, models, controller, view, files, log }),
    registerPromptCommands({
      ...{ sessions, models, controller, view, files, parts, log },
      memory: context.workspaceState,
    }),
    modelCommands,
    registerStreamStatus(sessions, modelStatus),
    confidence,
    registerExchange({ sessions, parts, log }),
    registerProvenance({ sessions, context, log }),
    humanProse,
    tree,
    multiverse,
    sessions,
  );
  return {
    ...{ parts, sessions, models, modelCommands, modelStatus },
    ...{ controller, collapse, forks, rewriting, humanProse, exemplars },
    ...{ tree, multiverse, confidence },
    storage: context,
  };
}

/** The models and what chooses among them. */
function modelsOf(context: vscode.ExtensionContext, parts: Parts, log: vscode.LogOutputChannel) {
  const { extensionUri } = context;
  const keys = new KeyRing(context.secrets);
  const builtIn = new BuiltIn(extensionUri, parts);
  const network = new Network(new RequestLog(log));
  const access = context.languageModelAccessInformation;
  const examinations = new Examinations(context.globalState);
  const models = new Models({ examinations, parts, keys, network, builtIn, access });
  const modelCommands = new ModelCommands({ models, parts, extensionUri, log });
  const modelStatus = new ModelStatus(models);
  return { keys, builtIn, examinations, models, modelCommands, modelStatus };
}
