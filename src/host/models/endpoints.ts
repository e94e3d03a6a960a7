import * as vscode from 'vscode';
import * as v from 'valibot';
import { DIALECT_IDS } from '../../core/model/openai/dialects/ids';
import { readAddress } from '../../core/model/discovery/address';
import { addressProblem } from './addressProblem';

export const ENDPOINTS_SETTING = 'variorum.endpoints';

const entry = v.object({
  name: v.optional(v.pipe(v.string(), v.trim())),
  baseUrl: v.string(),
  models: v.optional(v.array(v.pipe(v.string(), v.minLength(1)))),
  api: v.optional(v.picklist(['auto', 'chat', 'completions', 'responses'])),
  dialect: v.optional(v.picklist(['auto', ...DIALECT_IDS])),
  strategy: v.optional(v.picklist(['auto', 'raw', 'infill', 'prefill', 'few-shot', 'instruction'])),
});

/** A server that the writer has named, as it stands in the settings. */
export interface EndpointEntry extends v.InferOutput<typeof entry> {
  /** Checked, without a slash at the end. */
  baseUrl: string;
  /** The name, or the host when there is none. */
  title: string;
}

/** An entry of the settings that cannot be used. */
export interface BadEntry {
  /** Which one, from 1. */
  position: number;
  reason: string;
}

export interface Endpoints {
  endpoints: EndpointEntry[];
  bad: BadEntry[];
}

/**
 * The servers in the person's own settings. The setting's scope is `application`, so no workspace has a
 * say in it; only the person's value is read, whatever VS Code hands out.
 */
export function readEndpoints(): Endpoints {
  const value = ownValue() ?? [];
  const endpoints: EndpointEntry[] = [];
  const bad: BadEntry[] = [];
  if (!Array.isArray(value)) {
    return { endpoints, bad: [{ position: 1, reason: vscode.l10n.t('not a list') }] };
  }
  value.forEach((item: unknown, index) => {
    const checked = checkEntry(item);
    if (typeof checked === 'string') {
      bad.push({ position: index + 1, reason: checked });
    } else {
      endpoints.push(checked);
    }
  });
  return { endpoints, bad };
}

function ownValue(): unknown {
  return vscode.workspace.getConfiguration().inspect<unknown>(ENDPOINTS_SETTING)?.globalValue;
}

/** The entry, or what is wrong with it. */
function checkEntry(item: unknown): EndpointEntry | string {
  const parsed = v.safeParse(entry, item);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return `${v.getDotPath(issue) ?? ''}: ${issue.message}`.replace(/^: /, '');
  }
  const address = readAddress(parsed.output.baseUrl);
  if ('problem' in address) {
    return addressProblem(address.problem);
  }
  const { baseUrl } = address;
  const host = baseUrl.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const title =
    parsed.output.name === undefined || parsed.output.name === '' ? host : parsed.output.name;
  return { ...parsed.output, baseUrl, title };
}
