/** What tells one server from another. */
interface ServerKind {
  name: string;
  /** Where it listens unless told otherwise. */
  ports: readonly number[];
  /** What it writes as the owner of its models. */
  owner?: string;
  /** An address that only it answers like this, without a key. */
  sign?: { path: string; fits: (answer: Readonly<Record<string, unknown>>) => boolean };
}

/** Servers for local models, in the order in which their signs are believed: some imitate others. */
export const SERVER_KINDS = {
  llamaCpp: {
    name: 'llama.cpp',
    ports: [8080, 9931],
    owner: 'llamacpp',
  },
  koboldCpp: {
    name: 'KoboldCpp',
    ports: [5001],
    owner: 'koboldcpp',
    sign: { path: '/api/extra/version', fits: ({ result }) => result === 'KoboldCpp' },
  },
  ollama: {
    name: 'Ollama',
    ports: [11434],
    sign: { path: '/api/version', fits: ({ version }) => typeof version === 'string' },
  },
  lmStudio: {
    name: 'LM Studio',
    ports: [1234],
    sign: { path: '/api/v0/models', fits: ({ data }) => isListOf(data, 'state') },
  },
  textGenerationWebui: {
    name: 'text-generation-webui',
    ports: [5000],
    sign: { path: '/v1/internal/model/info', fits: (answer) => 'model_name' in answer },
  },
  tabby: {
    name: 'TabbyAPI',
    ports: [5000],
    owner: 'tabbyapi',
    sign: { path: '/health', fits: ({ issues }) => Array.isArray(issues) },
  },
  sglang: {
    name: 'SGLang',
    ports: [30000],
    owner: 'sglang',
    sign: { path: '/get_model_info', fits: (answer) => 'model_path' in answer },
  },
  vllm: {
    name: 'vLLM',
    ports: [8000],
    owner: 'vllm',
    sign: { path: '/version', fits: ({ version }) => typeof version === 'string' },
  },
} as const satisfies Record<string, ServerKind>;

export type ServerKindId = keyof typeof SERVER_KINDS;

const KINDS: readonly (readonly [string, ServerKind])[] = Object.entries(SERVER_KINDS);

/** Every port at which one of them may be found. */
export const DEFAULT_PORTS: readonly number[] = [
  ...new Set(KINDS.flatMap(([, { ports }]) => ports)),
];

/** The kind that names itself as the owner of its models. */
export function kindByOwner(owner: string | undefined): ServerKindId | undefined {
  const known = owner?.toLowerCase();
  const found = KINDS.find(([, kind]) => kind.owner !== undefined && kind.owner === known);
  return found?.[0] as ServerKindId | undefined;
}

/** The addresses that tell kinds apart, in the order in which they are believed. */
export const SIGNS: readonly {
  kind: ServerKindId;
  path: string;
  fits: (json: unknown) => boolean;
}[] = KINDS.flatMap(([kind, { sign }]) =>
  sign === undefined
    ? []
    : [
        {
          kind: kind as ServerKindId,
          path: sign.path,
          fits: (json: unknown) => isRecord(json) && sign.fits(json),
        },
      ],
);

function isListOf(value: unknown, property: string): boolean {
  return Array.isArray(value) && value.some((item) => isRecord(item) && property in item);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
