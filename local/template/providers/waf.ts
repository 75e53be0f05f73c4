import { associationProperties, webAclProperties } from '../../aws/waf/template-properties.ts';
import type { Waf } from '../../aws/waf/waf.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { readProperties } from './read-properties.ts';

export function wafProviders(waf: Waf): ResourceProvider[] {
  return [
    {
      type: 'AWS::WAFv2::WebACL',
      create: (id, properties) => waf.defineWebAcl(id, readProperties(webAclProperties, properties)),
    },
    {
      type: 'AWS::WAFv2::WebACLAssociation',
      create: (id, properties) =>
        waf.defineAssociation(id, readProperties(associationProperties, properties)),
    },
  ];
}
