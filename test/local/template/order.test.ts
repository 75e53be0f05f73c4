// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
import { deploymentOrder } from '../../../local/template/order.ts';
import type { ResourceDefinition } from '../../../local/template/template.ts';

const order = (resources: Record<string, Omit<ResourceDefinition, 'Type'>>) =>
  deploymentOrder(new Map(Object.entries(resources).map(([id, rest]) => [id, { Type: 'T', ...rest }])));

describe('deployment order', () => {
  test('follows Ref, Fn::GetAtt, Fn::Sub and DependsOn', () => {
    const ordered = order({
      A: { Properties: { x: { Ref: 'B' } } },
      B: { Properties: { x: { 'Fn::GetAtt': ['C', 'Arn'] } } },
      C: { Properties: { x: { 'Fn::Sub': 'a${D.Arn}b${!E}' } } },
      D: { DependsOn: ['E'] },
      E: { DependsOn: 'F' },
      F: { Properties: { x: { 'Fn::GetAtt': 'G.Arn' } } },
      G: {},
    });
    expect(ordered).toEqual(['G', 'F', 'E', 'D', 'C', 'B', 'A']);
  });

  test('keeps the template’s order where there are no dependencies', () => {
    expect(order({ B: {}, A: {}, C: {} })).toEqual(['B', 'A', 'C']);
  });

  test('parameters, pseudo parameters and names of Fn::Sub itself are no dependencies', () => {
    const value = { 'Fn::Sub': ['${B} ${AWS::Region}', { B: { Ref: 'Param' } }] };
    expect(order({ A: { Properties: { value } }, B: { DependsOn: 'A' } })).toEqual(['A', 'B']);
  });

  test('a cycle is refused with its members', () => {
    const resources = {
      Start: { DependsOn: 'A' },
      A: { DependsOn: 'B' },
      B: { Properties: { x: { Ref: 'C' } } },
      C: { DependsOn: 'A' },
    };
    expect(() => order(resources)).toThrow('circular dependency: A → B → C → A.');
  });
});
