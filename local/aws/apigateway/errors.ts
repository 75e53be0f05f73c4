import { AwsError } from '../service.ts';

export const badRequest = (message: string) => new AwsError('BadRequestException', message, 400);
export const notFound = (message: string) => new AwsError('NotFoundException', message, 404);
export const conflict = (message: string) => new AwsError('ConflictException', message, 409);
export const limitExceeded = (message: string) => new AwsError('LimitExceededException', message, 429);
export const tooManyRequests = (retryAfterSeconds: number) =>
  new AwsError('TooManyRequestsException', 'Too Many Requests', 429, {
    'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))),
  });
