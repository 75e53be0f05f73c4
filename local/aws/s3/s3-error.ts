const errors = {
  AccessDenied: { status: 403, message: 'Access Denied' },
  NoSuchKey: { status: 404, message: 'The specified key does not exist.' },
  NoSuchBucket: { status: 404, message: 'The specified bucket does not exist' },
  PreconditionFailed: {
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
  },
  InvalidRange: { status: 416, message: 'The requested range is not satisfiable' },
  MethodNotAllowed: { status: 405, message: 'The specified method is not allowed against this resource.' },
} as const;

export interface S3Error {
  readonly status: number;
  /** XML, as S3's REST API answers. */
  readonly body: Buffer;
}

export function s3Error(code: keyof typeof errors): S3Error {
  const { status, message } = errors[code];
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: Buffer.from(xml) };
}
