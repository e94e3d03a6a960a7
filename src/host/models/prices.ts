import * as vscode from 'vscode';
import type { Price, PriceTable } from '../../core/model/price';

export const PRICES_SETTING = 'variorum.prices';
const CONFIRM_SETTING = 'variorum.confirmCostAbove';

/** The prices in the person's own settings; entries that make no sense are left out. */
export function readPrices(): PriceTable {
  const value = own(PRICES_SETTING);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([pattern, price]) => (isPrice(price) ? [[pattern, price]] : [])),
  );
}

/** Dollars above which a batch is asked about first; undefined where none is. */
export function confirmAbove(): number | undefined {
  const value = own(CONFIRM_SETTING);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** Only what the person has set: no workspace says what things cost. */
function own(setting: string): unknown {
  return vscode.workspace.getConfiguration().inspect<unknown>(setting)?.globalValue;
}

function isPrice(value: unknown): value is Price {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { input, output } = value as Record<string, unknown>;
  return isAmount(input) && isAmount(output);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Dollars, to the cent where they are many and to four digits where they are few. */
export function dollarText(dollars: number): string {
  const digits = dollars >= 1 || dollars === 0 ? 2 : 4;
  return dollars > 0 && dollars < 0.0001 ? '<$0.0001' : `$${dollars.toFixed(digits)}`;
}

/** A price for people. */
export function priceText({ input, output }: Price): string {
  return vscode.l10n.t(
    '{0} for a million tokens sent, {1} for a million written',
    dollarText(input),
    dollarText(output),
  );
}

/** Asks before a batch that may cost more than the person's bound. @returns whether it may go out */
export async function mayCost(dollars: number | undefined): Promise<boolean> {
  const bound = confirmAbove();
  if (bound === undefined || dollars === undefined || dollars <= bound) {
    return true;
  }
  const { t } = vscode.l10n;
  const go = t('Continue');
  const choice = await vscode.window.showWarningMessage(
    t('This may cost up to {0}.', dollarText(dollars)),
    {
      modal: true,
      detail: t(
        'You asked to be told above {0} (setting {1}).',
        dollarText(bound),
        CONFIRM_SETTING,
      ),
    },
    go,
  );
  return choice === go;
}
