import * as z from 'zod';

export const domainName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    'must be a domain in lower case, such as example.com',
  );
