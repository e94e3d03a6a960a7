import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** The rules that axe finds broken in a page or a frame of it, with where. */
export async function violationsIn(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: typeof axe };
    // The page is a fragment of a window that has landmarks and a heading of its own.
    const rules = { 'page-has-heading-one': { enabled: false }, region: { enabled: false } };
    return (await tool.run(document, { rules })).violations;
  });
  return results.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}
