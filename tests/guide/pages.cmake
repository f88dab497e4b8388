# The pages of each language, relative to `root`.
file(GLOB guide RELATIVE "${root}" "${root}/docs/guide/*.md")
set(pages_en README.md docs/reference.md docs/comparison.md docs/json.md ${guide})
file(GLOB guide RELATIVE "${root}" "${root}/docs/guide/zh-CN/*.md")
set(pages_zh README.zh-CN.md ${guide})
