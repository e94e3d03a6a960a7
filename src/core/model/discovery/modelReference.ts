import { readAddress } from './address';

/** Which model is meant, wherever it is and whether or not it answers. */
export type ModelReference =
  | { kind: 'sketch' }
  /** One of VS Code's own. */
  | { kind: 'vscode'; vendor: string; id: string }
  /** One behind an OpenAI-compatible server. */
  | { kind: 'endpoint'; baseUrl: string; model: string };

/** As it stands in the settings: `sketch`, `vscode:VENDOR/ID` or `BASE-URL#MODEL`. */
export function formatReference(reference: ModelReference): string {
  switch (reference.kind) {
    case 'sketch':
      return 'sketch';
    case 'vscode':
      return `vscode:${reference.vendor}/${reference.id}`;
    case 'endpoint':
      return `${reference.baseUrl}#${reference.model}`;
  }
}

/** Reads what `formatReference` wrote; undefined when it is nothing of the kind. */
export function parseReference(text: string): ModelReference | undefined {
  if (text === 'sketch') {
    return { kind: 'sketch' };
  }
  const [, vendor, id] = /^vscode:([^/]+)\/(.+)$/s.exec(text) ?? [];
  if (vendor !== undefined && id !== undefined) {
    return { kind: 'vscode', vendor, id };
  }
  const hash = text.indexOf('#');
  const model = text.slice(hash + 1);
  if (hash < 0 || model === '') {
    return undefined;
  }
  const address = readAddress(text.slice(0, hash));
  return 'problem' in address ? undefined : { kind: 'endpoint', baseUrl: address.baseUrl, model };
}
