/**
 * Variables that shells, package managers, compilers and downloaders look at by themselves. Whether a RUN of such programs
 * depends on any other variable, its words tell.
 */
export const toolVariables =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LANGUAGE|LC_.+|TZ|TMPDIR|TMP|TEMP|IFS|ENV|BASH_.+|LD_.+|.*_proxy|.*_PROXY|DEBIAN_.+|DEBCONF_.+|APT_.+|DPKG_.+|UCF_.+|PIP_.+|PYTHON.+|PYENV_.+|UV_.+|POETRY_.+|PIPENV_.+|VIRTUAL_ENV|CONDA_.+|MAMBA_.+|NPM_.+|npm_.+|NODE_.+|YARN_.+|PNPM_.+|BUN_.+|DENO_.+|COREPACK_.+|NVM_.+|GO[A-Z0-9]*|CGO_.+|CARGO.*|RUST.*|GEM_.+|BUNDLE_.+|RUBY.*|RAILS_.+|RACK_.+|COMPOSER_.+|PHP_.+|PHPIZE.+|PEAR_.+|MAVEN_.+|MVN.+|JAVA_.+|JDK_.+|GRADLE.*|SBT_.+|ANT_.+|DOTNET_.+|NUGET_.+|MSBUILD.*|MIX_.+|HEX_.+|ERL.+|REBAR.+|STACK_.+|CABAL_.+|R_.+|RENV_.+|CC|CXX|CPP|AR|LD|.*FLAGS|PKG_CONFIG.*|CMAKE_.+|MAKE.*|GIT_(?:DIR|SSL.*|SSH.*|CONFIG.*|TRACE.*|ASKPASS|TERMINAL_PROMPT|PROXY.*|AUTHOR.*|COMMITTER.*)|CURL_.+|WGET.*|SSL_.+|REQUESTS_.+|SOURCE_DATE_EPOCH|CI)$/;
