import * as vscode from 'vscode';
import { MOST_REQUESTS, MOST_TOKENS } from '../../core/model/examine/budget';
import { parseReference, type ModelReference } from '../../core/model/discovery/modelReference';
import type { Models } from '../models';
import type { Parts } from '../parts';
import { clock, random } from '../platform';
import { translate } from '../collapse/words';
import { ReportPage } from '../reportPage';
import type { Examined } from './examinations';

type EndpointReference = ModelReference & { kind: 'endpoint' };

/** *Examine Model*: asks models a few things, after saying what that sends, and shows what was found. */
export class ExamineModels implements vscode.Disposable {
  readonly #pages = new ReportPage('variorum-model', vscode.l10n.t('What the Model Can Do'));

  constructor(
    private readonly models: Models,
    private readonly parts: Parts,
  ) {}

  /** The text of the report shown last, for tests. */
  get report(): string {
    return this.#pages.text;
  }

  /** Examines models by their references, those that are behind a server. */
  async run(ids: readonly string[]): Promise<void> {
    const known = ids.flatMap((id) => {
      const reference = parseReference(id);
      return reference?.kind === 'endpoint' ? [{ id, reference }] : [];
    });
    if (known.length === 0) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t(
          'There is nothing to examine: Sketch and VS Code’s own models say what they can do. Models behind a server can be examined.',
        ),
      );
      return;
    }
    const found: Examined[] = [];
    for (const { id, reference } of known) {
      const examined = await this.#examined(id, reference);
      found.push(...(examined ? [examined] : []));
    }
    if (found.length > 0) {
      await this.show(found);
    }
  }

  /** Shows what was found, one model after the other. */
  async show(found: readonly Examined[]): Promise<void> {
    const reports = await Promise.all(found.map((examined) => this.#reportOf(examined)));
    await this.#pages.show(reports.join('\n---\n\n'));
  }

  dispose(): void {
    this.#pages.dispose();
  }

  /** What is known of a model once the person has decided whether to ask anew; undefined when they have not. */
  async #examined(id: string, reference: EndpointReference): Promise<Examined | undefined> {
    const { l10n } = vscode;
    const examine = l10n.t('Examine');
    const last = l10n.t('Show the Last Report');
    const kept = this.models.examinations.get(id);
    const choice = await vscode.window.showInformationMessage(
      l10n.t('Examine {0}?', reference.model),
      { modal: true, detail: whatIsSent(reference) },
      examine,
      ...(kept ? [last] : []),
    );
    if (choice === last) {
      return kept;
    }
    return choice === examine ? this.examine(id, reference) : undefined;
  }

  /** Examines a model and keeps what is found. Undefined when it was cancelled. @throws VariorumError */
  async examine(id: string, reference: EndpointReference): Promise<Examined | undefined> {
    const { models, parts } = this;
    const { examineModel } = await parts.load('openai');
    const endpoint = await models.endpoint(reference);
    const title = vscode.l10n.t('Examining {0}', reference.model);
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        let made = 0;
        const platform = { fetch: models.network.fetch, clock, random };
        const examination = await examineModel(endpoint, platform, stop.signal, () => {
          made += 1;
          const message = vscode.l10n.t('request {0} of at most {1}', made, MOST_REQUESTS);
          progress.report({ message, increment: 100 / MOST_REQUESTS });
        });
        if (stop.signal.aborted) {
          return undefined;
        }
        await models.examinations.keep(id, examination);
        return models.examinations.get(id);
      },
    );
  }

  async #reportOf({ examination, record, stale }: Examined): Promise<string> {
    const { examinationReport } = await this.parts.load('openai');
    return examinationReport(
      { ...examination, record },
      {
        t: translate,
        when: (time) => new Date(time).toLocaleString(vscode.env.language),
        ...(stale === undefined ? {} : { stale }),
      },
    );
  }
}

function whatIsSent({ baseUrl }: EndpointReference): string {
  return vscode.l10n.t(
    'At most {0} short requests go to {1}, for at most {2} tokens in all: a few words that begin a fairy tale, and nothing of your draft. A server that is paid by the token charges for less than a page.',
    MOST_REQUESTS,
    baseUrl,
    MOST_TOKENS,
  );
}
