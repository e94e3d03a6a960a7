import assert from 'node:assert/strict';
import fc from 'fast-check';
import { baseUrlCandidates, readAddress } from '../../../src/core/model/discovery/address';

function baseUrlOf(text: string): string {
  const address = readAddress(text);
  assert.ok(!('problem' in address), `${text}: ${JSON.stringify(address)}`);
  return address.baseUrl;
}

describe('the address of a server', () => {
  it('is written one way, however it was typed', () => {
    const same = [
      'https://api.example.com/v1',
      ' https://api.example.com/v1/ ',
      'api.example.com/v1',
      'HTTPS://API.EXAMPLE.COM/v1',
      'https://api.example.com:443/v1//',
      'https://api.example.com/v1/chat/completions',
      'https://api.example.com/v1/models/',
    ];
    assert.deepEqual(new Set(same.map(baseUrlOf)), new Set(['https://api.example.com/v1']));
  });

  it('on this machine needs no scheme and is http', () => {
    assert.equal(baseUrlOf('localhost:8080'), 'http://localhost:8080');
    assert.equal(baseUrlOf('127.0.0.1:1234/v1'), 'http://127.0.0.1:1234/v1');
    assert.equal(baseUrlOf('[::1]:8080/v1'), 'http://[::1]:8080/v1');
  });

  it('says why it is none', () => {
    const problemOf = (text: string) => {
      const address = readAddress(text);
      return 'problem' in address ? address.problem : 'none';
    };
    assert.equal(problemOf(''), 'not-an-address');
    assert.equal(problemOf('two words'), 'not-an-address');
    assert.equal(problemOf('https://'), 'not-an-address');
    assert.equal(problemOf('ftp://example.com'), 'scheme');
    assert.equal(problemOf('file:///etc/passwd'), 'not-an-address');
    assert.equal(problemOf('https://sk-secret@api.example.com/v1'), 'credentials');
    assert.equal(problemOf('https://user:sk-secret@api.example.com/v1'), 'credentials');
    assert.equal(problemOf('https://api.example.com/v1?key=secret'), 'extra');
    assert.equal(problemOf('https://api.example.com/v1#secret'), 'extra');
  });

  it('knows what can be read on the way', () => {
    const exposed = (text: string) => {
      const address = readAddress(text);
      assert.ok(!('problem' in address));
      return address.exposed;
    };
    assert.equal(exposed('http://192.168.1.20:8080/v1'), true);
    assert.equal(exposed('http://api.example.com/v1'), true);
    assert.equal(exposed('https://api.example.com/v1'), false);
    assert.equal(exposed('http://127.0.0.1:8080/v1'), false);
    assert.equal(exposed('http://localhost:8080/v1'), false);
  });

  it('of another machine is never taken for this one', () => {
    for (const host of ['localhost.example.com', '127.0.0.1.example.com', '10.127.0.1']) {
      const address = readAddress(`http://${host}/v1`);
      assert.ok(!('problem' in address));
      assert.equal(address.loopback, false, host);
    }
  });

  it('is the same again when read again', () => {
    const url = fc.webUrl({ withQueryParameters: false, withFragments: false });
    fc.assert(
      fc.property(url, (text) => {
        const address = readAddress(text);
        fc.pre(!('problem' in address));
        // What people paste is taken off once; a second reading may find more of it only if pasted twice.
        fc.pre(!/(completions|responses|models|embeddings)\/*$/.test(text));
        assert.equal(baseUrlOf(address.baseUrl), address.baseUrl);
      }),
    );
  });

  it('is tried with /v1 where no version is named', () => {
    const candidates = (text: string) => {
      const address = readAddress(text);
      assert.ok(!('problem' in address));
      return baseUrlCandidates(address);
    };
    assert.deepEqual(candidates('localhost:8080'), [
      'http://localhost:8080',
      'http://localhost:8080/v1',
    ]);
    assert.deepEqual(candidates('https://openrouter.ai/api/v1'), ['https://openrouter.ai/api/v1']);
    assert.deepEqual(candidates('https://example.com/v1beta/openai'), [
      'https://example.com/v1beta/openai',
    ]);
  });
});
