import { Component, type ReactNode } from 'react';
import { PlainText } from './plain-text.tsx';

interface AnswerBoundaryProps {
  text: string;
  children: ReactNode;
}

/** Shows an answer as plain text if it can't be drawn otherwise, so that no model's words end the whole screen. */
export class AnswerBoundary extends Component<AnswerBoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError = () => ({ isBroken: true });

  override render() {
    return this.state.isBroken ? <PlainText text={this.props.text} /> : this.props.children;
  }
}
