/**
 * Names in a scenario file that must lead somewhere, and those that must not be there twice.
 */
import type { Fields } from './fields.ts';
import type { Scenario } from './spec.ts';

/** Every name that another part of the scenario uses is there, and no two things share one. */
export function checkReferences(file: Fields, scenario: Scenario): void {
  const queues = new Set(scenario.queues.map(({ name }) => name));
  checkUnique(file, 'queues', scenario.queues);
  checkUnique(file, 'groups', scenario.groups);
  checkUnique(file, 'alarms', scenario.alarms);
  checkUnique(file, 'streams', scenario.streams);
  scenario.queues.forEach(({ deadLetter }, index) => {
    if (deadLetter === null || deadLetter.queue === '' || queues.has(deadLetter.queue)) return;
    file.refuse(`queues[${index}].deadLetter.queue`, notAmong(deadLetter.queue, 'queues', queues));
  });
  scenario.groups.forEach(({ work, policies }, index) => {
    checkUnique(file, `groups[${index}].policies`, policies);
    if (work === null || work.queue === '' || queues.has(work.queue)) return;
    file.refuse(`groups[${index}].work.queue`, notAmong(work.queue, 'queues', queues));
  });
  scenario.alarms.forEach((alarm, index) => {
    alarm.policies.forEach(({ group, policy }, position) => {
      const known = scenario.groups.find(({ name }) => name === group)?.policies.map(({ name }) => name);
      const at = `alarms[${index}].policies[${position}]`;
      if (known === undefined) {
        file.refuse(
          `${at}.group`,
          notAmong(
            group,
            'groups',
            scenario.groups.map(({ name }) => name),
          ),
        );
      } else if (!known.includes(policy)) {
        file.refuse(`${at}.policy`, notAmong(policy, `groups/${group}/policies`, known));
      }
    });
  });
}

function checkUnique(file: Fields, field: string, named: readonly { readonly name: string }[]): void {
  named.forEach(({ name }, index) => {
    const first = named.findIndex((other) => other.name === name);
    if (name !== '' && first < index) file.refuse(`${field}[${index}].name`, `"${name}" = ${field}[${first}].name`);
  });
}

const notAmong = (name: string, where: string, known: Iterable<string>): string =>
  `"${name}" -> ${where}: ${[...known].join(', ') || '-'}`;
