import { describeStorm } from './stormTests.ts';

describeStorm('rpc-cbor', 20260304);
