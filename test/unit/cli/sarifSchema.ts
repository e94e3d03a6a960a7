import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

export interface SarifLog {
  runs: {
    tool: { driver: { version: string; rules: { id: string; helpUri: string }[] } };
    artifacts: unknown[];
    invocations: { executionSuccessful: boolean }[];
    results: {
      ruleId: string;
      level: string;
      message: { text: string };
      locations: {
        physicalLocation: {
          artifactLocation: { uri: string; index: number };
          region: Record<
            'startLine' | 'startColumn' | 'endLine' | 'endColumn' | 'charOffset' | 'charLength',
            number
          >;
        };
      }[];
    }[];
  }[];
}

const object = (properties: Record<string, unknown>, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: unknown) => ({ type: 'array', items });
const from = (minimum: number) => ({ type: 'integer', minimum });
const message = object({ text: { type: 'string', minLength: 1 } }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };
const uri = { type: 'string', format: 'uri-reference' };
const location = object({
  physicalLocation: object({
    artifactLocation: object({ uri, index: from(0) }, ['uri', 'index']),
    region: object({
      startLine: from(1),
      startColumn: from(1),
      endLine: from(1),
      endColumn: from(1),
      charOffset: from(0),
      charLength: from(0),
    }),
  }),
});

/**
 * The part of the SARIF 2.1.0 schema (OASIS standard) that a log of Variorum uses: the same types, enums,
 * limits and required properties, and no property besides.
 */
const SCHEMA = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object(
            {
              driver: object(
                {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  semanticVersion: { type: 'string' },
                  informationUri: { type: 'string', format: 'uri' },
                  rules: {
                    uniqueItems: true,
                    ...list(
                      object(
                        {
                          id: { type: 'string' },
                          helpUri: { type: 'string', format: 'uri' },
                          shortDescription: message,
                          fullDescription: message,
                          defaultConfiguration: object({ level }),
                        },
                        ['id'],
                      ),
                    ),
                  },
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          invocations: list(
            object(
              {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: list(object({ level, message }, ['message'])),
              },
              ['executionSuccessful'],
            ),
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          newlineSequences: { minItems: 1, uniqueItems: true, ...list({ type: 'string' }) },
          artifacts: { uniqueItems: true, ...list(object({ location: object({ uri }) })) },
          results: list(
            object(
              {
                ruleId: { type: 'string' },
                ruleIndex: from(0),
                level,
                rank: { type: 'number', minimum: 0, maximum: 100 },
                message,
                locations: list(location),
                relatedLocations: { uniqueItems: true, ...list(location) },
                properties: { type: 'object' },
              },
              ['message'],
            ),
          ),
        },
        ['tool'],
      ),
    ),
  },
  ['version', 'runs'],
);

/** Fails unless a log has the shape that the standard asks for. */
export function assertSarif(log: unknown): void {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  assert.ok(ajv.validate(SCHEMA, log), ajv.errorsText());
}
