import { Link, type LinkProps } from 'react-router';

export function TextLink(props: Omit<LinkProps, 'className'>) {
  return <Link {...props} className={textLinkStyle} />;
}

export const textLinkStyle =
  'rounded-sm font-medium text-accent underline decoration-accent/35 underline-offset-3 hover:text-accent-strong hover:decoration-accent-strong';
