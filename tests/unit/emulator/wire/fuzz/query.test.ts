import { describeStorm } from './stormTests.ts';

describeStorm('query', 20260301);
