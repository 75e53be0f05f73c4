import { createHash } from 'node:crypto';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const lowerAlphanumeric = lower + digits;
const upperAlphanumeric = lower.toUpperCase() + digits;
const mixedAlphanumeric = lower + upperAlphanumeric;

/** What the id is for: the same owner has the same id after every restart and on every machine. */
export interface IdOwner {
  readonly stackName: string;
  readonly logicalId: string;
}

/** `us-east-1_` and nine letters and digits, the only form token verifiers accept. */
export const userPoolId = (owner: IdOwner, region: string) =>
  `${region}_${derive(owner, 'user-pool', mixedAlphanumeric, 9)}`;
export const userPoolClientId = (owner: IdOwner) => derive(owner, 'client', lowerAlphanumeric, 26);
/** Distributions, origin access controls: `E` and 13 upper-case letters and digits. */
export const cloudFrontId = (owner: IdOwner) => `E${derive(owner, 'cloudfront', upperAlphanumeric, 13)}`;
export const cloudFrontDomainName = (owner: IdOwner) =>
  `d${derive(owner, 'cloudfront-domain', lowerAlphanumeric, 13)}.cloudfront.net`;

/** CloudFront policies. */
export function uuid(owner: IdOwner): string {
  const hex = derive(owner, 'uuid', `${digits}abcdef`, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/**
 * A name as CloudFormation chooses one for a resource without: `Daypass-ChatFunction-1A2B3C4D5E6F`.
 * @param maximumLength the service's own limit; too long a name loses its middle, never the distinct end
 */
export function physicalName(owner: IdOwner, maximumLength = 64): string {
  const suffix = derive(owner, 'name', upperAlphanumeric, 12);
  const stem = `${owner.stackName}-${owner.logicalId}`.slice(0, maximumLength - suffix.length - 1);
  return `${stem}-${suffix}`;
}

function derive(owner: IdOwner, kind: string, alphabet: string, length: number): string {
  let id = '';
  for (let block = 0; id.length < length; block++) {
    const digest = createHash('sha256')
      .update(`${kind}\0${owner.stackName}\0${owner.logicalId}\0${block}`)
      .digest();
    for (const byte of digest) id += alphabet.charAt(byte % alphabet.length);
  }
  return id.slice(0, length);
}
