import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { BatchView, BranchView } from '../../../src/protocol';
import { Harness, type PageOptions, type ViewPage } from './harness';
import { branch } from './samples';

/** The view under test. Each `open` or `show` is a fresh page. */
export class Fixture {
  #harness: Harness | null = null;
  #view: ViewPage | null = null;

  get view(): ViewPage {
    assert.ok(this.#view, 'No page is open.');
    return this.#view;
  }

  async open(options: PageOptions = {}): Promise<void> {
    this.#harness ??= await Harness.start();
    this.#view = await this.#harness.open(options);
  }

  async show(batch: BatchView, options: PageOptions = {}): Promise<void> {
    await this.open(options);
    await this.view.state(batch);
  }

  /** The text of each branch on the page. */
  texts(): Promise<string[]> {
    return this.view.page.locator('.text').allTextContents();
  }

  button(name: string): Locator {
    return this.view.page.getByRole('button', { name });
  }

  async closePages(): Promise<void> {
    const errors = this.#view?.errors ?? [];
    await this.#harness?.closePages();
    // The policy that forbids inline scripts and styles reports here too.
    assert.deepEqual(errors, []);
  }

  async stop(): Promise<void> {
    await this.#harness?.stop();
  }
}

/** A fixture that lives as long as the suite it is called in. */
export function useView(): Fixture {
  const fixture = new Fixture();
  afterEach(() => fixture.closePages());
  after(() => fixture.stop());
  return fixture;
}

export const error = {
  message: 'The server at localhost:8080 did not answer.',
  action: 'Start it, or choose another model.',
  retryable: true,
};

/** A branch that has only just begun. */
export const begun = (index: number): BranchView =>
  branch(index, { tokens: [], status: 'streaming' });

export const textOf = ({ tokens }: BranchView): string => tokens.map(({ text }) => text).join('');
