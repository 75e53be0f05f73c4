/** Where it doesn't fit, it breaks before its domain. */
export function EmailAddress({ of: email }: { of: string }) {
  const [, name = email, domain = ''] = /^(.*)(@.*)$/s.exec(email) ?? [];
  return (
    <>
      {name}
      <wbr />
      {domain}
    </>
  );
}
