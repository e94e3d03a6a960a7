import * as vscode from 'vscode';
import { formatReference } from '../../core/model/discovery/modelReference';
import { modelLabel } from '../../core/model/modelLabel';
import { priceIn } from '../../core/model/price';
import type { ListedModel } from '../../parts/openai';
import { priceText, readPrices } from './prices';
import type { PickerRow } from './source';

/** The line of a model behind a server. */
export function modelRow(
  baseUrl: string,
  { id, contextLength, price }: ListedModel,
  where: string,
  inPlaceOf = baseUrl,
): PickerRow {
  const model = formatReference({ kind: 'endpoint', baseUrl, model: id });
  const size =
    contextLength === undefined
      ? ''
      : ` · ${vscode.l10n.t('{0} tokens', contextLength.toLocaleString(vscode.env.language))}`;
  const known = priceIn(readPrices(), [id, model]) ?? price;
  const cost = known === undefined ? '' : ` · ${priceText(known)}`;
  const description = `${where}${size}${cost}`;
  return { id: model, model, label: modelLabel(id), description, inPlaceOf };
}

/** Why a server on plain http has no lines in a browser. */
export function whyNotFromBrowser(): string {
  return vscode.l10n.t(
    'Variorum runs in a page here, which cannot ask servers on this machine over plain http. Use VS Code on the desktop, or a server with an https address.',
  );
}
