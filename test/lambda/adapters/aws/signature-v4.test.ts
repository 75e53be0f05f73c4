import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { createSign } from '../../../../lambda/adapters/aws/signature-v4.ts';

/** The digest that the SDK's signer wants. */
class Sha256 {
  private readonly hash;
  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

test('signatures are the SDK’s, whatever is signed', async () => {
  const sign = createSign('bedrock', 'eu-west-1');
  const credentials = fc.record(
    {
      accessKeyId: fc.constantFrom('AKIDEXAMPLE', 'local'),
      secretAccessKey: fc.string({ minLength: 1, maxLength: 100 }),
      sessionToken: fc.base64String({ minLength: 4 }),
    },
    { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
  );
  const path = fc
    .array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 3 })
    .map((parts) => `/${parts.map((part) => encodeURIComponent(part).replace(/[!'()*]/g, '-')).join('/')}`)
    // The SDK's signer removes dots from paths.
    .filter((one) => !/\/\.{1,2}(\/|$)/.test(one));
  const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(
      credentials,
      path,
      fc.string({ unit: 'grapheme' }),
      time,
      async (who, where, body, at) => {
        const headers = { host: 'example.com', 'content-type': 'application/json', 'x-amz-target': 'A.B' };
        const measure = new SignatureV4({
          service: 'bedrock',
          region: 'eu-west-1',
          credentials: who as never,
          sha256: Sha256 as never,
          applyChecksum: false,
        });
        const signed = await measure.sign(
          { method: 'POST', protocol: 'https:', hostname: 'example.com', path: where, headers, body },
          { signingDate: at },
        );
        const ours = sign({ method: 'POST', path: where, headers, body }, who as never, at.getTime());
        expect(ours.authorization).toBe(signed.headers.authorization);
      },
    ),
  );
});
