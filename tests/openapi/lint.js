// Lints openapi.yaml: node lint.js FILE. Every finding, warnings too, fails.
'use strict';
const { loadConfig, lint, formatProblems, getTotals } = require('@redocly/openapi-core');

async function main(file) {
  const config = await loadConfig({ configPath: `${__dirname}/redocly.yaml` });
  const problems = await lint({ ref: file, config });
  const totals = getTotals(problems);
  formatProblems(problems, { format: 'codeframe', totals });
  console.log(`openapi lint: ${totals.errors} errors, ${totals.warnings} warnings`);
  process.exit(totals.errors + totals.warnings ? 1 : 0);
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(2);
});
