import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

/** An image that compiles something and then starts a program. */
const starts = (end: string, base = 'debian:12', middle = 'RUN pip install flask'): string =>
  `FROM ${base}\nRUN apt-get update && apt-get install -y gcc\n${middle}\n${end}\n`;

const silent: readonly (readonly [caption: string, text: string])[] = [
  ...[
    'CMD bash',
    'CMD ["/bin/bash"]',
    'CMD ["zsh", "-l"]',
    'ENTRYPOINT ["/usr/bin/tini", "--"]\nCMD ["/bin/bash"]',
    'CMD service a start && bash',
    'CMD ["python3"]',
    'CMD ["/usr/sbin/sshd", "-D"]',
    'CMD tail -f /dev/null',
    'CMD ["make"]',
    'CMD ["go", "run", "main.go"]',
  ].map((end) => [`a session or a build: ${end}`, starts(end)] as const),
  ...[
    'pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel',
    'nvidia/cuda:12.1.0-devel-ubuntu22.04',
    'rocm/vllm:1',
    'quay.io/jupyter/base-notebook:1',
    'rocker/r-ver:4.4',
    'mcr.microsoft.com/devcontainers/base:1',
    'example/app-builder:1',
    'jenkins/agent:1',
  ].map((base) => [`a base to build with: ${base}`, starts('CMD ["/app"]', base)] as const),
  ...[
    'RUN pip install torch==2.1.0',
    'RUN pip install vllm numba',
    'RUN Rscript -e \'install.packages("Rcpp")\'',
    'RUN pip install a && git clone https://github.com/AUTOMATIC1111/stable-diffusion-webui',
    'RUN python -c "from sentence_transformers import SentenceTransformer"',
    'RUN python setup.py develop',
    'ENV GOROOT_BOOTSTRAP=/usr/local/go\nRUN make',
    'RUN make\nLABEL org.opencontainers.image.title="example toolchain"',
  ].map((middle) => [`compiles while it runs: ${middle}`, starts('CMD ["/app"]', 'debian:12', middle)] as const),
  ['a script from a pipe', starts('CMD ["/app"]', 'debian:12', 'RUN curl https://example.com/setup | bash -')],
  ['a Java build', starts('CMD ["/app"]', 'debian:12', 'RUN ant')],
  [
    'packages that are not compiled',
    starts('CMD ["/app"]', 'debian:12', 'RUN npm install -g bower && composer install'),
  ],
  ['a script that builds', starts('CMD bash -c "/root/test && /root/build"', 'debian:12')],
  ['nothing is built', starts('CMD ["/app"]', 'debian:12', 'COPY app /app')],
  [
    'a Java that builds nothing',
    'FROM debian:12\nRUN apt-get update && apt-get install -y default-jdk\nRUN pip install a\nCMD ["java", "-jar", "/a.jar"]\n',
  ],
];

export default cases({
  ...Object.fromEntries(silent),
  'its own program builds': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y maven
                                             ~~~~~
    RUN mvn -B package
    CMD ["java", "-jar", "/a.jar"]
  `,
  'compiled by the RUN that installs': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y gcc && make install
                                             ~~~
    CMD ["/run"]
  `,
  'a script of the project, and a program through a shell': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y gcc
                                             ~~~
    RUN ./build.sh
    ENTRYPOINT ["/usr/bin/tini", "--"]
    CMD ["bash", "/run.sh"]
  `,
  'what the result needs where it is copied to': {
    text: dockerfile`
      FROM debian:12 AS one
      RUN apt-get update && apt-get install -y gcc libunknown-dev libpq-dev
                                               ~~~
      RUN make
      CMD ["/app"]
      FROM debian:12 AS two
      RUN apt-get update && apt-get install -y gcc libpq-dev
                                               ~~~
      RUN make
      CMD ["/app"]
    `,
    says: [
      '… Build in a separate stage, copy the result with COPY --from, and install there the libraries that it is linked to, such as libpq5.',
      '… and install only libpq5 there.',
    ],
  },
  'tools of many RUNs are told once': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc
                                               ~~~
      RUN apt-get install -y make && true
      RUN apt-get install -y cmake
      RUN apt-get install -y autoconf
      RUN apt-get install -y bison
      RUN make
      CMD ["/app"]
    `,
    says: ['gcc, cmake, autoconf and 1 more are usually needed only to build, …'],
  },
});
