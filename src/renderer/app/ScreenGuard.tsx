/** Keeps a defect in one screen from taking the page down: says so, and offers to load again. */
import { Component, type ReactNode } from 'react';
import { type ErrorValue, toErrorValue } from '../../core/errors.ts';
import { Failure } from '../parts/Failure.tsx';

interface State {
  readonly error: ErrorValue | null;
}

export class ScreenGuard extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: toErrorValue(thrown) };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="pad">
        <Failure error={this.state.error} retry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
