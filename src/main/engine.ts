/**
 * Entry of the engine's utility process: a plain Node program that imports no Electron. It ends when its channel closes.
 */
import { createEngine } from '../engine/index.ts';
import { runEngineChild } from './engineChild.ts';
import { machineTime } from './machineTime.ts';
import { parentPort } from './utilityPort.ts';

const exit = (code: number) => process.exit(code);

runEngineChild({ port: parentPort(process.parentPort, exit), createEngine, time: machineTime, exit });
