# What the tests of other modules load or run: the variant, libraries that are wrong on purpose, and
# the layout of the structures. And the benchmark.

set(TEST_LIBRARIES saker-framework-variant)
# A kind of bad/bad.c: bad-NAME, made with the definition BAD_NAME or the one given.
function(add_bad name)
  string(TOUPPER "BAD_${name}" definition)
  string(REPLACE "-" "_" definition "${definition}")
  if(ARGC GREATER 1)
    set(definition "${ARGV1}")
  endif()
  add_framework(bad-${name} bad/bad.c)
  target_compile_definitions(bad-${name} PRIVATE ${definition})
  set(TEST_LIBRARIES ${TEST_LIBRARIES} bad-${name} PARENT_SCOPE)
endfunction()
foreach(kind
    missing-export abi init-fails strings long-strings
    nan inf negative huge bits fraction random
    rows more-rows inputs
    abort segfault stack exit loop noise null)
  add_bad(${kind})
endforeach()
add_bad(idle BAD_NOTHING)
add_bad(late-init BAD_LATE_INIT=3)
add_bad(leak BAD_LEAK=4096)
add_bad(slow BAD_SLOW=20)
add_bad(crash-at-100 BAD_CRASH_AT=100)
add_bad(loop-at-100 BAD_LOOP_AT=100)
add_bad(crash-of-12 BAD_CRASH_OF=12)

# Our sources without the exports that make a library replayable: as good as the existing one.
file(READ ${PROJECT_SOURCE_DIR}/src/abi/exports.map plain_map)
string(REGEX REPLACE "fxs_[a-z_]+;" "" plain_map "${plain_map}")
set(PLAIN_MAP ${CMAKE_CURRENT_BINARY_DIR}/plain.map)
file(CONFIGURE OUTPUT ${PLAIN_MAP} CONTENT "${plain_map}" @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/abi/exports.map)
set(EXPORTS_MAP ${PLAIN_MAP})
add_framework(bad-not-replayable ${FRAMEWORK_PARTS})
unset(EXPORTS_MAP)
list(APPEND TEST_LIBRARIES bad-not-replayable)

install(FILES bad/not-a-library.txt RENAME libbad-not-a-library.so
  DESTINATION native/linux-x86-64/test COMPONENT test-resources EXCLUDE_FROM_ALL)

# What the compiler makes of the structures, for the tests of whoever mirrors them.
add_executable(struct-layout struct_layout.c)
target_include_directories(struct-layout PRIVATE ${PROJECT_SOURCE_DIR}/include)
install(TARGETS struct-layout RUNTIME DESTINATION native/linux-x86-64/test
  COMPONENT test-resources EXCLUDE_FROM_ALL)

add_custom_target(libraries)
add_dependencies(libraries saker-framework ${TEST_LIBRARIES} struct-layout)
install(TARGETS ${TEST_LIBRARIES} LIBRARY DESTINATION native/linux-x86-64/test
  COMPONENT test-resources EXCLUDE_FROM_ALL)

add_executable(bench bench.c)
target_link_libraries(bench PRIVATE saker-objects)
