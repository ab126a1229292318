import { describeStorm } from './stormTests.ts';

describeStorm('json-1.1', 20260303);
