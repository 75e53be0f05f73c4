import { createRequire } from 'node:module';

/** What is used of an element of the DOM. */
export interface XmlElement {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly parentNode: XmlElement | null;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  getElementsByTagNameNS(namespace: string, name: string): ArrayLike<XmlElement>;
}

interface DomParser {
  parseFromString(xml: string, type: 'text/xml'): { documentElement: XmlElement | null } | undefined;
}

interface SignedXml {
  addReference(reference: { xpath: string; transforms: string[]; digestAlgorithm: string }): void;
  computeSignature(
    xml: string,
    options: { prefix: string; location: { reference: string; action: 'after' } },
  ): void;
  getSignedXml(): string;
  loadSignature(signature: XmlElement): void;
  checkSignature(xml: string): boolean;
  getSignedReferences(): string[];
}

interface SignatureOptions {
  privateKey?: string;
  publicCert?: string;
  signatureAlgorithm?: string;
  canonicalizationAlgorithm?: string;
  getCertFromKeyInfo?: () => null;
}

const require = createRequire(import.meta.url);

// Loaded at the first use, since few need them, and without their own types, which would let all code use the DOM's.
export const newDomParser = (
  errorHandler: Record<'warning' | 'error' | 'fatalError', () => never>,
): DomParser =>
  new (require('@xmldom/xmldom') as { DOMParser: new (options: object) => DomParser }).DOMParser({
    errorHandler,
  });

export const newSignedXml = (options: SignatureOptions): SignedXml =>
  new (require('xml-crypto') as { SignedXml: new (options: SignatureOptions) => SignedXml }).SignedXml(
    options,
  );
