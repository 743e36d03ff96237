// Holds Kubernetes manifests to the API: `node validate.mjs < MANIFESTS`. One line for each fault. The schemas
// judge values; TypeScript's types judge the names of members too, which the schemas leave open.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const SOURCE = fileURLToPath(new URL('manifest.ts', import.meta.url)); // never written: it lives in memory
const OPTIONS = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };

function typeFaults(manifest) {
  const source = `import type { I${manifest.kind} } from 'kubernetes-models/${manifest.apiVersion}';
export const manifest: I${manifest.kind} = ${JSON.stringify(manifest, null, 1)};`;
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) => (name === SOURCE ? ts.createSourceFile(name, source, ts.ScriptTarget.Latest) : getSourceFile(name, ...rest));
  host.fileExists = (name) => name === SOURCE || fileExists(name);
  return ts.getPreEmitDiagnostics(ts.createProgram([SOURCE], OPTIONS, host))
    .map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, ' '));
}

async function schemaFaults(manifest) {
  const { [manifest.kind]: Model } = await import(`kubernetes-models/${manifest.apiVersion}`);
  if (!Model) return [`there is no such kind in ${manifest.apiVersion}`];
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [error.message];
  }
}

let faults = 0;
for (const document of parseAllDocuments(readFileSync(0, 'utf8'), { merge: true })) {
  const manifest = document.toJS();
  const found = document.errors.map((error) => error.message);
  if (!found.length) found.push(...await schemaFaults(manifest));
  if (!found.length) found.push(...typeFaults(manifest));
  for (const fault of found) console.log(`${manifest.kind} ${manifest.metadata?.name}: ${fault.replace(/\s+/g, ' ')}`);
  faults += found.length;
}
process.exit(faults ? 1 : 0);
