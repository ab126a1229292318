/**
 * A candidate as what a person would run to have it: AWS CLI commands for groups, services and functions, a manifest for
 * Kubernetes. Text only; nothing is run.
 *
 * Everything that comes from a name or a file is quoted for a POSIX shell or as YAML. What the candidate does not know (resources, the
 * image, the mapping's id) is a variable at the top. Not here: the candidate's own file format, which is its JSON.
 */
import type { ReplaySetup } from '../contract/shapes.ts';
import { groupCommands } from './group.ts';
import { manifest } from './manifest.ts';
import { mappingCommands } from './mapping.ts';
import { serviceCommands } from './service.ts';
import { quoted } from './shell.ts';

export interface CommandNames {
  readonly queueName: string;
  /** Null: not known, a variable is left open. */
  readonly groupName: string | null;
}

/** @returns ends with a newline */
export function setupCommands(setup: ReplaySetup, names: CommandNames): string {
  const { scaler } = setup;
  if (scaler?.kind === 'keda' || scaler?.kind === 'hpa') return manifest(setup, scaler, names.queueName);
  const lines = [`# ${setup.label.replaceAll(/[\r\n]+/g, ' ')}`, `QUEUE=${quoted(names.queueName)}`];
  if (scaler?.kind === 'lambda') lines.push(...mappingCommands(scaler));
  else if (scaler?.kind === 'ecs') lines.push(...serviceCommands(setup));
  else lines.push(...groupCommands(setup, names.groupName));
  return `${lines.join('\n')}\n`;
}
