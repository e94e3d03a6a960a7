import * as vscode from 'vscode';
import { readAddress } from '../core/model/discovery/address';
import { formatReference, type ModelReference } from '../core/model/discovery/modelReference';
import type { LanguageModel } from '../core/model/languageModel';
import { modelLabel } from '../core/model/modelLabel';
import type { Endpoint } from '../core/model/openai/endpoint';
import { priceIn, type Price } from '../core/model/price';
import type { SketchModel } from '../core/model/sketch/sketchModel';
import type { ListedModel, OriginGates } from '../parts/openai';
import type { Notice } from '../protocol';
import { Disposables } from './disposables';
import { AbsentModel } from './models/absentModel';
import type { BuiltIn } from './models/builtIn';
import { ENDPOINTS_SETTING, readEndpoints, type Endpoints } from './models/endpoints';
import type { Examinations } from './models/examinations';
import type { KeyRing } from './models/keyRing';
import type { Access } from './models/languageModelApi';
import {
  choiceOf,
  MODELS_SETTING,
  readChoices,
  saveChoices,
  type Choice,
} from './models/modelSettings';
import type { Network } from './models/network';
import { PRICES_SETTING, readPrices } from './models/prices';
import type { Parts } from './parts';
import { clock, random } from './platform';

export interface ModelsParts {
  parts: Parts;
  builtIn: BuiltIn;
  keys: KeyRing;
  network: Network;
  access: Access;
  examinations: Examinations;
}

/** The models that can continue a draft. Nothing is loaded before it is used. */
export class Models implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  /** By the reference in the settings. */
  readonly #made = new Map<string, Promise<LanguageModel>>();
  readonly keys: KeyRing;
  readonly network: Network;
  readonly examinations: Examinations;
  /** Limits of servers, shared by all that ask them; from the part that speaks to them. */
  #gates: OriginGates | undefined;
  /** Prices that servers told in their lists, by reference: a hint, below those in the settings. */
  readonly #told = new Map<string, Price>();
  #substitutes: readonly LanguageModel[] | undefined;

  /** Others are chosen, or one may answer otherwise than before. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(private readonly services: ModelsParts) {
    this.keys = services.keys;
    this.network = services.network;
    this.examinations = services.examinations;
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration(ENDPOINTS_SETTING) ||
          event.affectsConfiguration(PRICES_SETTING)
        ) {
          this.#forget((id) => id.includes('#'));
        } else if (event.affectsConfiguration(MODELS_SETTING)) {
          this.#onDidChange.fire();
        }
      }),
    );
    this.#disposables.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#onDidChange.fire()),
    );
    this.#disposables.add(
      services.keys.onDidChange((origin) => this.#forget((id) => this.keyOrigin(id) === origin)),
    );
    this.#disposables.add(
      services.examinations.onDidExamine((examined) => this.#forget((id) => id === examined)),
    );
  }

  /** The models chosen, one or more; Sketch where nothing ever was. One that is gone says so when used. */
  async chosen(): Promise<readonly LanguageModel[]> {
    if (this.#substitutes) {
      return this.#substitutes;
    }
    const choices = this.choices();
    return choices.length === 0
      ? [await this.sketch()]
      : Promise.all(choices.map((choice) => this.#model(choice)));
  }

  /**
   * The model that a reference names, chosen or not. What a file names is used only where it is known to the
   * person: anything else says so when it is asked, and nothing is sent.
   * @param isPicked whether the person has just picked it
   */
  async named(id: string, isPicked = false): Promise<LanguageModel> {
    const substitute = this.#substitutes?.find((model) => model.id === id);
    const choice = choiceOf(id);
    if (choice.kind === 'model' && choice.reference.kind === 'endpoint' && !isPicked) {
      const { reference } = choice;
      const known = this.#knows(id, reference.baseUrl);
      return substitute ?? this.#model(known ? choice : { kind: 'foreign', reference });
    }
    return substitute ?? this.#model(choice);
  }

  async current(): Promise<LanguageModel> {
    const [first] = await this.chosen();
    return first ?? this.sketch();
  }

  /** What the settings say; empty where nothing was ever chosen. */
  choices(): readonly Choice[] {
    return readChoices();
  }

  /** The servers that the person has named, in their own settings. */
  endpoints(): Endpoints {
    return readEndpoints();
  }

  /** The names of the chosen models, without asking anyone. */
  labels(): string[] {
    const choices = this.choices();
    return (
      this.#substitutes?.map(({ label }) => label) ??
      (choices.length === 0 ? ['Sketch'] : choices.map(labelOf))
    );
  }

  /** Makes these the chosen models. */
  async choose(references: readonly ModelReference[]): Promise<void> {
    await saveChoices(references);
  }

  /** The built-in model, its file read. */
  sketch(): Promise<SketchModel> {
    return this.services.builtIn.model();
  }

  /** What the writer should know about the current models. */
  notices(): Notice[] {
    const isSketch = this.labels().includes('Sketch') && !this.#substitutes;
    const message = isSketch ? this.services.builtIn.notice() : null;
    return message === null ? [] : [{ severity: 'warning', message }];
  }

  /** The origin that a model's key is for; undefined where there is no key to it. */
  keyOrigin(modelId: string): string | undefined {
    const hash = modelId.indexOf('#');
    const address = hash < 0 ? undefined : readAddress(modelId.slice(0, hash));
    return address === undefined || 'problem' in address ? undefined : address.origin;
  }

  /** Asks for the key of an origin. @returns whether there is a new one */
  async askForKey(origin: string, why?: string): Promise<boolean> {
    const { askForKey } = await this.services.parts.loadHost('models');
    return askForKey(this.keys, origin, why);
  }

  /** Keeps what a server says that its models cost. */
  readonly notePrices = (baseUrl: string, listed: readonly Pick<ListedModel, 'id' | 'price'>[]) => {
    for (const { id: model, price } of listed) {
      if (price) {
        this.#told.set(formatReference({ kind: 'endpoint', baseUrl, model }), price);
      }
    }
  };

  /** Puts other models in place of the chosen ones, for tests; undefined takes them away again. */
  substitute(models: LanguageModel | readonly LanguageModel[] | undefined): void {
    this.#substitutes = models === undefined || isList(models) ? models : [models];
    this.#onDidChange.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Makes models anew when they are next asked for: what stood behind them has changed. */
  #forget(isStale: (id: string) => boolean): void {
    for (const id of [...this.#made.keys()].filter(isStale)) {
      this.#made.delete(id);
    }
    this.#onDidChange.fire();
  }

  #knows(id: string, baseUrl: string): boolean {
    return (
      this.choices().some((choice) => choice.kind === 'model' && idOf(choice) === id) ||
      this.endpoints().endpoints.some((endpoint) => endpoint.baseUrl === baseUrl)
    );
  }

  #model(choice: Choice): Promise<LanguageModel> {
    const id = idOf(choice);
    if (choice.kind !== 'model') {
      const error = choice.kind === 'foreign' ? foreign(choice.reference.baseUrl) : unreadable(id);
      return Promise.resolve(new AbsentModel(id, labelOf(choice), error));
    }
    const made = this.#made.get(id) ?? this.#make(choice.reference);
    this.#made.set(id, made);
    // A part that could not be read may be there the next time.
    made.catch(() => this.#made.delete(id));
    return made;
  }

  async #make(reference: ModelReference): Promise<LanguageModel> {
    switch (reference.kind) {
      case 'sketch':
        return this.sketch();
      case 'vscode': {
        const { LanguageModelApi } = await this.services.parts.loadHost('models');
        const model = new LanguageModelApi(reference, this.services.access);
        // For its name; whatever goes wrong is said when it is asked to write.
        await model.find().catch(() => undefined);
        return model;
      }
      case 'endpoint':
        return this.#endpointModel(reference);
    }
  }

  async #endpointModel(reference: EndpointReference): Promise<LanguageModel> {
    const { createOpenAiModel, OriginGates } = await this.services.parts.load('openai');
    const { examinations, network } = this;
    this.#gates ??= new OriginGates(clock, random);
    const id = formatReference(reference);
    const price = priceIn(readPrices(), [reference.model, id]) ?? this.#told.get(id);
    return createOpenAiModel(
      { ...(await this.endpoint(reference)), ...(price ? { price } : {}) },
      { fetch: network.fetch, clock, random, gates: this.#gates, watch: network.watch },
      {
        record: examinations.get(id)?.record,
        onLearnt: (record) => examinations.observed(id, record),
      },
    );
  }

  /** Where a model is and how it is asked, by the person's own settings, with the key of its origin. */
  async endpoint({ baseUrl, model }: EndpointReference): Promise<Endpoint> {
    const { endpoints } = readEndpoints();
    const entry = endpoints.find((endpoint) => endpoint.baseUrl === baseUrl);
    const key = await this.keys.keyFor(baseUrl);
    return {
      baseUrl,
      model,
      ...(entry?.api ? { api: entry.api } : {}),
      ...(entry?.dialect ? { dialect: entry.dialect } : {}),
      ...(entry?.strategy ? { strategy: entry.strategy } : {}),
      ...(key === undefined ? {} : { key }),
    };
  }
}

type EndpointReference = ModelReference & { kind: 'endpoint' };

function idOf(choice: Choice): string {
  return choice.kind === 'unreadable' ? choice.text : formatReference(choice.reference);
}

/** A name without asking anyone. */
function labelOf(choice: Choice): string {
  return choice.kind === 'model' && choice.reference.kind === 'vscode'
    ? choice.reference.id
    : modelLabel(idOf(choice));
}

function isList(
  models: LanguageModel | readonly LanguageModel[],
): models is readonly LanguageModel[] {
  return Array.isArray(models);
}

function unreadable(text: string) {
  return {
    code: 'bad-request',
    message: vscode.l10n.t('The setting {0} names "{1}", which is no model.', MODELS_SETTING, text),
    action: vscode.l10n.t('Choose one with "Variorum: Choose Model".'),
    retryable: false,
  } as const;
}

function foreign(baseUrl: string) {
  return {
    code: 'refused',
    message: vscode.l10n.t(
      'This workspace asks for a model at {0}, which is not among your servers; nothing was sent.',
      baseUrl,
    ),
    action: vscode.l10n.t(
      'Add it with "Variorum: Choose Model" if you trust it, or choose another model there.',
    ),
    retryable: false,
  } as const;
}
