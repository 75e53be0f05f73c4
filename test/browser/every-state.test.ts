import { consoleUnderTest } from './console-under-test.ts';
import { states } from './screens.ts';
import { testStates } from './test-states.ts';

testStates(consoleUnderTest(), states);
