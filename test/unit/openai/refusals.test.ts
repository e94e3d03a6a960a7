import assert from 'node:assert/strict';
import type { TestServer } from '../../fixtures/testServer';
import { collectParagraph as collect, NEW_PARAGRAPH, openModel, OPTIONS } from './harness';
import { bodies, CHAT, serveUnless, type Body, type Objection } from './objections';

describe('parameters that a server refuses', () => {
  let server: TestServer;

  async function serve(...unless: Parameters<typeof serveUnless>): Promise<TestServer> {
    return (server = await serveUnless(...unless));
  }

  afterEach(() => server.close());

  const objections: [name: string, parameter: string, Objection, then: Body][] = [
    [
      'max_tokens renamed',
      'max_tokens',
      ({ max_tokens }) =>
        max_tokens === undefined
          ? null
          : [
              400,
              {
                error: {
                  message:
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                  param: 'max_tokens',
                  code: 'unsupported_parameter',
                },
              },
            ],
      { max_completion_tokens: 20, max_tokens: undefined },
    ],
    [
      'a temperature that may not be chosen',
      'temperature',
      ({ temperature }) =>
        temperature === undefined
          ? null
          : [400, { error: { message: "Unsupported value: 'temperature'", param: 'temperature' } }],
      { temperature: undefined, top_p: 1 },
    ],
    [
      'min_p unknown, told in the text alone',
      'min_p',
      ({ min_p }) =>
        min_p === undefined ? null : [400, { error: { message: 'Unrecognized argument: min_p' } }],
      { min_p: undefined },
    ],
    [
      'stream_options unknown, told by a validator',
      'stream_options',
      ({ stream_options }) =>
        stream_options === undefined
          ? null
          : [
              422,
              {
                detail: [
                  { loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
                ],
              },
            ],
      { stream_options: undefined },
    ],
    [
      'logprobs not allowed',
      'logprobs',
      ({ logprobs }) =>
        logprobs === undefined
          ? null
          : [
              403,
              { error: { message: 'You are not allowed to request logprobs from this model' } },
            ],
      { logprobs: undefined, top_logprobs: undefined },
    ],
    [
      'fewer alternatives',
      'top_logprobs',
      ({ top_logprobs }) =>
        Number(top_logprobs) > 3
          ? [
              400,
              {
                error: {
                  message: 'top_logprobs must be between 0 and 3, got 8',
                  param: 'top_logprobs',
                },
              },
            ]
          : null,
      { logprobs: true, top_logprobs: 3 },
    ],
    [
      'logprobs as a number',
      'logprobs',
      ({ logprobs }) =>
        logprobs === true
          ? [422, { detail: [{ loc: ['body', 'logprobs'], msg: 'value is not a valid integer' }] }]
          : null,
      { logprobs: 8, top_logprobs: undefined },
    ],
    [
      'one choice only, as an error of the server',
      'n',
      ({ n }) =>
        n === undefined ? null : [500, { error: 'Only one completion choice is allowed' }],
      { n: undefined },
    ],
  ];
  for (const [name, parameter, objection, then] of objections) {
    it(`${name}: asks again otherwise, once, and never that way again`, async () => {
      server = await serve(objection);
      const model = openModel(server.baseUrl, CHAT);
      const options = { alternatives: 8, minP: 0.1, n: 2 };
      for (let time = 0; time < 2; time++) {
        const { branches } = await collect(model, options);
        assert.deepEqual(
          branches.map(({ text, error }) => error?.message ?? text),
          ['Yes', 'Yes'],
        );
      }
      const [first = assert.fail(), ...later] = bodies(server);
      assert.ok(parameter in first);
      assert.equal(later.length, parameter === 'n' ? 4 : 2);
      for (const body of later) {
        for (const [field, value] of Object.entries(then)) {
          assert.deepEqual(body[field], value, field);
        }
      }
      const { parameters } = model.prompt(NEW_PARAGRAPH, { ...OPTIONS, ...options });
      for (const [field, value] of Object.entries(then)) {
        assert.deepEqual(parameters[field], value, `${field} in the prompt`);
      }
    });
  }

  it('a refusal of everything ends', async () => {
    server = await serve((body) => [
      400,
      { error: { message: `I do not like ${Object.keys(body).join(', ')}` } },
    ]);
    const { branches } = await collect(openModel(server.baseUrl, CHAT), { n: 2 });
    assert.equal(branches[0]?.error?.code, 'bad-request');
    assert.ok(server.received.length <= 11, String(server.received.length));
  });
});
