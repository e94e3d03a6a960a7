import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** As much of node-llama-cpp as is used here. It is no dependency: whoever measures installs it. */
interface NodeLlama {
  getLlama: (options: object) => Promise<{
    loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  }>;
}

interface LlamaModel {
  tokens: { bos: number | null; shouldPrependBosToken: boolean };
  tokenize(text: string): number[];
  detokenize(tokens: readonly number[], special?: boolean, last?: readonly number[]): string;
  createContext(options: object): Promise<LlamaContext>;
}

interface LlamaContext {
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

type Input = number | [token: number, options: { generateNext: { probabilities: true } }];

const EXPECTED = { generateNext: { probabilities: true } } as const;

interface LlamaSequence {
  evaluateWithMetadata(
    tokens: readonly number[],
    metadata: { probabilities: true },
    options: { temperature: number },
  ): AsyncIterable<{ token: number; probabilities: Map<number, number> }>;
  controlledEvaluate(
    input: readonly Input[],
  ): Promise<({ next: { probabilities?: Map<number, number> } } | undefined)[]>;
}

/** Probabilities of all tokens at one place, by id. */
export type Distribution = ReadonlyMap<number, number>;

/** llama.cpp in this process, with its own probabilities. */
export class LlamaEngine {
  private constructor(private readonly model: LlamaModel) {}

  /**
   * @param folder where node-llama-cpp is installed
   * @throws Error saying how to install it, where it is not
   */
  static async open(modelPath: string, folder: string): Promise<LlamaEngine> {
    const file = join(folder, 'node_modules/node-llama-cpp/dist/index.js');
    if (!existsSync(file)) {
      throw new Error(
        `node-llama-cpp is not installed in ${folder}. In a folder of its own:\n` +
          '  npm i --ignore-scripts --omit=optional node-llama-cpp @node-llama-cpp/linux-x64\n' +
          'then give that folder as the second argument.',
      );
    }
    const { getLlama } = (await import(pathToFileURL(file).href)) as NodeLlama;
    const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false });
    const model = await llama.loadModel({ modelPath });
    return new LlamaEngine(model);
  }

  /** The ids of a prompt, with the one that begins a text where the model wants it. */
  tokenize(text: string): number[] {
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return [...(shouldPrependBosToken && bos !== null ? [bos] : []), ...this.model.tokenize(text)];
  }

  /** The text that a token adds after others. */
  textOf(id: number, after: readonly number[]): string {
    return this.model.detokenize([id], false, after);
  }

  /** Writes `count` tokens, the likeliest each time, as it draws them. */
  async *write(
    prompt: readonly number[],
    count: number,
  ): AsyncGenerator<{ id: number; probabilities: Distribution }, void, undefined> {
    const context = await this.#context();
    let written = 0;
    const metadata = { probabilities: true } as const;
    const sequence = context.getSequence();
    for await (const { token, probabilities } of sequence.evaluateWithMetadata(prompt, metadata, {
      temperature: 0,
    })) {
      yield { id: token, probabilities };
      written += 1;
      if (written >= count) {
        break;
      }
    }
    await context.dispose();
  }

  /**
   * What it expects after a prompt and after each of these tokens, by another way through the engine than
   * `write`; one at a time, as they were written, since a batch is rounded otherwise.
   */
  async after(prompt: readonly number[], ids: readonly number[]): Promise<Distribution[]> {
    const context = await this.#context();
    const sequence = context.getSequence();
    const told: Distribution[] = [];
    const pieces = [prompt, ...ids.map((id) => [id])];
    for (const piece of pieces) {
      const input = piece.map((id, i): Input => (i < piece.length - 1 ? id : [id, EXPECTED]));
      const answers = await sequence.controlledEvaluate(input);
      told.push(answers.at(-1)?.next.probabilities ?? new Map<number, number>());
    }
    await context.dispose();
    return told;
  }

  /** One of its own each time: what is left of another would be gone on with. */
  #context(): Promise<LlamaContext> {
    // More threads than free cores wait for each other.
    return this.model.createContext({ contextSize: 512, threads: 1 });
  }
}
