/** Connect a profile, keys or an endpoint: test first, then record (UX-50, UX-85). */
import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ErrorValue } from '../../core/errors.ts';
import { useModel, useWords } from '../data/context.ts';
import { errorOf } from '../data/model.ts';
import { Failure } from '../parts/Failure.tsx';
import {
  type ConnectFaults,
  type ConnectField,
  type ConnectForm,
  emptyConnectForm,
  readConnectForm,
} from './connectForm.ts';

type Outcome =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly what: 'test' | 'add' }
  | { readonly kind: 'passed'; readonly accountId: string; readonly arn: string; readonly clockSkewSeconds: number }
  | { readonly kind: 'failed'; readonly error: ErrorValue };

export default function ConnectDialog({ close }: { close: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const [form, setForm] = useState<ConnectForm>(emptyConnectForm);
  const [faults, setFaults] = useState<ConnectFaults>({});
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'idle' });
  const element = useRef<HTMLFormElement>(null);
  const busy = outcome.kind === 'busy';

  const set = <F extends ConnectField>(field: F, value: ConnectForm[F]) => {
    setForm((before) => ({ ...before, [field]: value }));
    setFaults(({ [field]: _gone, ...rest }) => rest);
    setOutcome({ kind: 'idle' });
  };

  async function submit(what: 'test' | 'add'): Promise<void> {
    const read = readConnectForm(form);
    if ('faults' in read) {
      setFaults(read.faults);
      const first = (Object.keys(emptyConnectForm) as ConnectField[]).find((field) => read.faults[field] !== undefined);
      const field = element.current?.elements.namedItem(first ?? '');
      if (field instanceof HTMLInputElement) field.focus();
      return;
    }
    setOutcome({ kind: 'busy', what });
    try {
      if (what === 'test') {
        setOutcome({ kind: 'passed', ...(await model.client.call('connections.test', read.input)) });
        return;
      }
      const added = await model.client.call('connections.add', read.input);
      model.scope.set(added.id);
      await model.start();
      model.toast('good', t('connect.added', { name: added.name }));
      close();
    } catch (thrown) {
      setOutcome({ kind: 'failed', error: errorOf(thrown) });
    }
  }

  const field = (name: ConnectField, options: { type?: string; placeholder?: string; help?: boolean } = {}) => (
    <TextInput
      label={t(`connect.${name as 'name'}`)}
      name={name}
      data-autofocus={name === 'name' ? true : undefined}
      description={options.help === true ? t(`connect.${name as 'endpoint'}.help`) : undefined}
      type={options.type ?? 'text'}
      placeholder={options.placeholder}
      value={form[name]}
      error={faults[name] === undefined ? undefined : t(`connect.problem.${faults[name]}`)}
      spellCheck={false}
      autoComplete="off"
      data-testid={`connect-${name}`}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );

  return (
    <Modal
      opened
      onClose={close}
      title={t('connect.title')}
      size={560}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        ref={element}
        className="connect-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit('add');
        }}
      >
        <p className="soft">{t('connect.readOnly')}</p>
        <SegmentedControl
          aria-label={t('connect.kind')}
          value={form.kind}
          data={[
            { value: 'aws', label: t('connect.kind.aws') },
            { value: 'emulator', label: t('connect.kind.emulator') },
          ]}
          transitionDuration={0}
          onChange={(kind) => set('kind', kind as ConnectForm['kind'])}
        />
        <div className="form-grid">
          {field('name')}
          {field('region', { placeholder: 'ap-northeast-2' })}
        </div>
        {field('endpoint', {
          placeholder: form.kind === 'emulator' ? 'http://127.0.0.1:4566' : 'https://…',
          help: true,
        })}
        <div>
          <div className="field-label">{t('connect.credentials')}</div>
          <SegmentedControl
            aria-label={t('connect.credentials')}
            value={form.credentials}
            data={(['default', 'profile', 'static'] as const).map((value) => ({
              value,
              label: t(`connect.credentials.${value}`),
            }))}
            transitionDuration={0}
            onChange={(kind) => set('credentials', kind as ConnectForm['credentials'])}
          />
        </div>
        {form.credentials === 'default' ? <p className="faint">{t('connect.default.help')}</p> : null}
        {form.credentials === 'profile' ? field('profile', { help: true }) : null}
        {form.credentials === 'static' ? (
          <>
            <p className="faint">{t('connect.static.help')}</p>
            <div className="form-grid">
              {field('accessKeyId')}
              {field('secretAccessKey', { type: 'password' })}
            </div>
            {field('sessionToken', { type: 'password' })}
          </>
        ) : null}
        {field('pollIntervalSeconds', { help: true })}
        <div aria-live="polite" data-testid="connect-outcome">
          {outcome.kind === 'busy' ? <p className="loading">{t(`connect.busy.${outcome.what}`)}</p> : null}
          {outcome.kind === 'passed' ? (
            <div className="notice notice-good">
              <span aria-hidden="true">✓</span>
              <span>
                {t('connect.passed', { account: outcome.accountId })}
                <br />
                <span className="mono">{outcome.arn}</span>
                <br />
                {t('connect.skew', { skew: f.duration(outcome.clockSkewSeconds) })}
              </span>
            </div>
          ) : null}
          {outcome.kind === 'failed' ? <Failure error={outcome.error} /> : null}
        </div>
        <div className="row dialog-actions">
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void submit('test')}
            data-testid="connect-test"
          >
            {t('connect.test')}
          </button>
          <span className="grow" />
          <button type="button" className="button" onClick={close}>
            {t('common.cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={busy} data-testid="connect-add">
            {t('connect.add')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
