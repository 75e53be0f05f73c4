import { type ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import type { Settings } from '../../lib/settings.ts';
import { asked, fix, ok, type Seen } from './check.ts';

/** @param acm in us-east-1, where CloudFront looks */
export async function checkCertificate(acm: ACMClient, domain: Settings['domain']): Promise<Seen[]> {
  if (domain === undefined) return [];
  const { name, certificateArn } = domain;
  return asked('certificate', 'acm:DescribeCertificate', async () => {
    const { Certificate } = await acm.send(
      new DescribeCertificateCommand({ CertificateArn: certificateArn }),
    );
    const names = [Certificate?.DomainName, ...(Certificate?.SubjectAlternativeNames ?? [])];
    const covers = names.some((each) => each === name || each === name.replace(/^[^.]+/, '*'));
    if (!covers)
      return [fix('certificate', `it is not for ${name}`, 'Request one for that name in us-east-1.')];
    return [
      Certificate?.Status === 'ISSUED'
        ? ok('certificate', `issued for ${name}`)
        : fix(
            'certificate',
            `its status is ${Certificate?.Status}`,
            'Confirm it by the DNS record that ACM names.',
          ),
    ];
  });
}
