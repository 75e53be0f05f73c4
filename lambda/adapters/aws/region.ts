export function awsRegion(): string {
  const { AWS_REGION: region } = process.env;
  if (region === undefined) throw new Error('AWS_REGION is not set');
  return region;
}
