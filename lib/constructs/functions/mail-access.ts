import { Stack } from 'aws-cdk-lib';
import type { MailSettings } from '../../../core/catalog.ts';
import type { Endpoint } from './endpoint.ts';

/** Lets a function send mails of ours: from this sender alone, as its address or its domain is verified. */
export function allowMail(endpoint: Endpoint, mail: MailSettings | undefined): void {
  if (mail === undefined) return;
  const { partition, region, account } = Stack.of(endpoint);
  const domain = mail.from.slice(mail.from.lastIndexOf('@') + 1);
  const identities = [mail.from, domain].map(
    (identity) => `arn:${partition}:ses:${region}:${account}:identity/${identity}`,
  );
  endpoint.allow(['ses:SendEmail'], identities, { StringEquals: { 'ses:FromAddress': mail.from } });
}
