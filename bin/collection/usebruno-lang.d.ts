/** Bruno's own reader and writer of its files, the parts that are used here. */
declare module '@usebruno/lang' {
  interface Entry {
    name: string;
    value: string;
    enabled: boolean;
  }
  export interface BrunoRequest {
    meta: { name: string; type: 'http'; seq: string };
    http: { method: string; url: string; body: string; auth: string };
    params?: (Entry & { type: 'path' | 'query' })[];
    headers?: Entry[];
    auth?: { bearer: { token: string } };
    body?: { json: string };
    vars?: { res: (Entry & { local: boolean })[] };
    docs: string;
  }
  interface Environment {
    variables: (Entry & { secret: boolean })[];
  }
  const lang: {
    jsonToBruV2(request: BrunoRequest): string;
    bruToJsonV2(text: string): BrunoRequest;
    envJsonToBruV2(environment: Environment): string;
    bruToEnvJsonV2(text: string): Environment;
    jsonToCollectionBru(folder: { meta: { name: string; seq: string }; docs: string }): string;
  };
  export default lang;
}
