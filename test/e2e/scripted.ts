/** A user’s text that tells the Bedrock stand-in what to answer: local/aws/bedrock/pretend/scripts/steps.ts. */
export const scripted = (steps: readonly unknown[], text = '') =>
  `[[daypass: ${JSON.stringify(steps)}]] ${text}`;

/** The smallest PNG and PDF, for models that look at them. */
export const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const onePage = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
