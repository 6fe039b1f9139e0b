import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const base = 'FROM debian:13\n';
const clone = 'RUN git clone --depth 1 https://example.com/tool.git /src/tool';
const silent: readonly (readonly [caption: string, text: string])[] = [
  ['nothing is installed from it', `${base}${clone}\nCMD ["/usr/bin/tool"]`],
  ['removed later', `${base}${clone} && make -C /src/tool install\nRUN rm -rf /src\nCMD ["tool"]`],
  ['linked to', `${base}${clone} && make -C /src/tool install && ln -s /src/tool/bin/tool /usr/bin/tool\nCMD ["tool"]`],
  ['installed in place', `FROM python:3.13\n${clone} && pip install -e /src/tool\nCMD ["tool"]`],
  ['on the path', `${base}${clone} && make -C /src/tool install\nENV PATH=/src/tool/bin:$PATH\nCMD ["tool"]`],
  ['the folder in which it starts', `${base}${clone} && make -C /src/tool install\nWORKDIR /src/tool\nCMD ["tool"]`],
  ['a shell for a person', `${base}${clone} && make -C /src/tool install\nCMD ["bash"]`],
  ['a stage that does not ship', `${base}${clone} && make -C /src/tool install\nFROM debian:13\nCMD ["tool"]`],
  ['a folder that only the build knows', `${base}RUN git clone $URL $DIR && cd $DIR && make install\nCMD ["tool"]`],
];

export default cases({
  ...Object.fromEntries(silent),
  'installed by pip': dockerfile`
    FROM python:3.13
    RUN git clone --depth 1 https://example.com/tool.git /src/tool
        ~~~~~~~~~
    RUN cd /src/tool && pip install .
    CMD ["python", "-m", "tool"]
  `,
  'a program copied out of it': dockerfile`
    FROM debian:13
    RUN git clone --depth 1 https://example.com/tool.git /src/tool && cd /src/tool && make && cp tool /usr/local/bin/
        ~~~~~~~~~
    CMD ["tool"]
  `,
});
