// Put after axe-core's own text: every rule of WCAG 2.2 AA.
const done = arguments[arguments.length - 1];
const options = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
axe.run(document, options).then(
  (results) => done(results.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target).join(" | ")}`)),
  (error) => done([`axe failed: ${error}`]),
);
