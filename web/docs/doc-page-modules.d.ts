declare module '*.md?page' {
  const page: import('./doc-page.ts').DocPage;
  export default page;
}
