import { describeStorm } from './stormTests.ts';

describeStorm('cbor-1.1', 20260305);
