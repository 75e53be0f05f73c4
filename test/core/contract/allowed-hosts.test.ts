import { createKeyBody } from '../../../core/contract/key-requests.ts';
import { requireAllowedHost } from '../../../core/metering/charge.ts';

const faultOf = (host: string) =>
  createKeyBody.safeParse({ name: 'page', plan: '10-per-day', allowedHosts: [host] }).error?.issues[0]
    ?.message;

test.each(['app.example.com', 'localhost', 'xn--bcher-kva.example', '127.0.0.1'])(
  'a page of %s can use a key restricted to it',
  (host) => {
    expect(faultOf(host)).toBeUndefined();
    expect(() => requireAllowedHost(`http://${host}:8080`, [host])).not.toThrow();
  },
);

test.each(['null', '127.1', '1', 'app.example.1'])(
  '%s, which no page’s Origin can be, is refused',
  (host) => {
    expect(faultOf(host)).toBe('must be a host name as browsers write it');
  },
);

test('a host name outside ASCII is refused with the form to use', () => {
  expect(faultOf('bücher.example')).toContain('punycode');
});
