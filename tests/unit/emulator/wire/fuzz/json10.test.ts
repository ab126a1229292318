import { describeStorm } from './stormTests.ts';

describeStorm('json-1.0', 20260302);
