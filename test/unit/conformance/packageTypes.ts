import ts from 'typescript';
import type { Dialect } from '../../../src/core/model/openai/dialects';
import type { Built } from './requests';

/** The types of the `openai` package for the bodies of its three APIs, which are made from OpenAI's description. */
const TYPES = {
  chat: 'OpenAI.Chat.ChatCompletionCreateParamsStreaming',
  completions: 'OpenAI.Completions.CompletionCreateParamsStreaming',
  responses: 'OpenAI.Responses.ResponseCreateParamsStreaming',
} as const;

export type Published = keyof typeof TYPES;

const FILE = `${process.cwd()}/test/unit/conformance/checked.ts`;

/** What a dialect declares beyond OpenAI's API, as a type: parameters of its own and other forms of known ones. */
function extensions({ apis, prefill }: Dialect, api: Published): { own: string; other: string[] } {
  const facts = apis[api];
  const fields = [
    ...Object.values(facts?.samplers ?? {}).map((name) => `${name}?: number`),
    ...(facts?.own ?? []).map((name) => `${name}?: unknown`),
    ...Object.entries(api === 'chat' ? (prefill.body ?? {}) : {}).map(
      ([name, value]) => `${name}?: ${typeof value}`,
    ),
  ];
  const forms: Record<string, string | undefined> = {
    logprobs: api === 'chat' && facts?.logprobs.form === 'count' ? 'number' : undefined,
    logit_bias:
      facts?.logitBias === 'text' ? 'Record<string, number> | [string, false][]' : undefined,
    // Text and token ids in one list, as llama.cpp takes them.
    prompt: api === 'completions' ? 'string | (string | number)[]' : undefined,
    messages:
      api === 'chat' && prefill.message
        ? `(OpenAI.Chat.ChatCompletionMessageParam & ${typeOf(prefill.message)})[]`
        : undefined,
  };
  const other = Object.entries(forms).flatMap(([name, type]) =>
    type === undefined ? [] : [`${name}: ${type}`],
  );
  return { own: `{ ${fields.join('; ')} }`, other };
}

function typeOf(record: object): string {
  return `{ ${Object.entries(record)
    .map(([name, value]) => `${name}?: ${typeof value}`)
    .join('; ')} }`;
}

/** One body as a statement that compiles only if it is what the package's type and the dialect allow. */
function statement({ dialect, body }: Built, api: Published, index: number): string {
  const { own, other } = extensions(dialect, api);
  const replaced = other.filter((form) => form.slice(0, form.indexOf(':')) in body);
  const names = replaced.map((form) => `'${form.slice(0, form.indexOf(':'))}'`);
  const base = names.length === 0 ? TYPES[api] : `Without<${TYPES[api]}, ${names.join(' | ')}>`;
  const type = `${base} & ${own} & { ${replaced.join('; ')} }`;
  return `export const body${index} = ${JSON.stringify(body)} satisfies ${type};`;
}

/**
 * Compiles bodies against the package's own types, excess properties included.
 * @returns for each body what the compiler says of it; empty where it fits
 */
export function problemsWith(built: readonly { request: Built; api: Published }[]): string[][] {
  const head = [
    `import type OpenAI from 'openai';`,
    `type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;`,
  ];
  const lines = [...head, ...built.map(({ request, api }, i) => statement(request, api, i))];
  const settings: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(settings);
  const usual = { ...host };
  const source = ts.createSourceFile(FILE, lines.join('\n'), ts.ScriptTarget.ES2022, true);
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? source : usual.getSourceFile(name, ...rest);
  host.fileExists = (name) => name === FILE || usual.fileExists(name);
  const program = ts.createProgram([FILE], settings, host);
  const found: string[][] = built.map(() => []);
  for (const { start = 0, messageText } of ts.getPreEmitDiagnostics(program, source)) {
    const at = source.getLineAndCharacterOfPosition(start).line - head.length;
    const said = ts.flattenDiagnosticMessageText(messageText, ' ');
    if (found[at] === undefined) {
      throw new Error(`The check itself does not compile: ${said}`);
    }
    found[at].push(said);
  }
  return found;
}
